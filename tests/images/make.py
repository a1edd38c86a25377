#!/usr/bin/env python3
"""Makes the images that feedmill's readers are tested against, with Pillow and pillow-heif, and writes what they are to
facts.txt: name, media type, width and height as they are shown. Run: pip install pillow pillow-heif; ./make.py"""
import os
from PIL import Image, features
import pillow_heif

pillow_heif.register_heif_opener()
os.chdir(os.path.dirname(os.path.abspath(__file__)))
facts = []


def picture(width, height, mode="RGB"):
    strip = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (strip, strip.transpose(Image.ROTATE_180), strip)).convert(mode)


def save(name, kind, width, height, shown=None, **options):
    mode = options.pop("mode", "RGB")
    picture(width, height, mode).save(name, **options)
    facts.append(f"{name} {kind} {(shown or (width, height))[0]} {(shown or (width, height))[1]}")


turned = Image.Exif()
turned[0x0112] = 6
thumbnailed = Image.Exif()
thumbnailed[0x0112] = 1
thumbnailed[0x010E] = "a description of some length " * 200

save("baseline.jpg", "image/jpeg", 321, 123, quality=30)
save("progressive.jpg", "image/jpeg", 123, 321, quality=30, progressive=True)
save("turned.jpg", "image/jpeg", 200, 100, shown=(100, 200), quality=30, exif=turned)
save("long-exif.jpg", "image/jpeg", 64, 48, quality=30, exif=thumbnailed)
save("plain.png", "image/png", 300, 20)
save("palette.png", "image/png", 17, 19, mode="P")
save("plain.gif", "image/gif", 33, 44, mode="P")
save("lossy.webp", "image/webp", 640, 360, quality=10)
save("lossless.webp", "image/webp", 65, 66, lossless=True)
save("extended.webp", "image/webp", 501, 299, mode="RGBA", quality=10, exif=thumbnailed)
picture(40, 30).save("animated.webp", save_all=True, append_images=[picture(40, 30).rotate(90)], duration=100)
facts.append("animated.webp image/webp 40 30")
assert features.check("avif")
save("plain.avif", "image/avif", 250, 130, quality=20)
save("plain.heic", "image/heic", 250, 130, quality=20)
save("plain.bmp", "image/bmp", 21, 12)
save("plain.tiff", "image/tiff", 30, 31, compression="tiff_lzw")
picture(64, 64).save("icon.ico", sizes=[(16, 16), (48, 48), (64, 64)])
facts.append("icon.ico image/vnd.microsoft.icon 64 64")
with open("vector.svg", "w") as svg:
    svg.write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n')
    svg.write('<svg xmlns="http://www.w3.org/2000/svg" width="120" height="90"><rect width="9" height="9"/></svg>\n')
facts.append("vector.svg image/svg+xml 120 90")
with open("facts.txt", "w") as out:
    out.write("\n".join(sorted(facts)) + "\n")
