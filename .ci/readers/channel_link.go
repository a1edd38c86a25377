// The site's link as yarr reads it from RSS on stdin: Go's XML parser gives the last channel>link of any namespace.
package main

import (
	"encoding/xml"
	"fmt"
	"os"
)

func main() {
	var feed struct {
		Link string `xml:"channel>link"`
	}
	if err := xml.NewDecoder(os.Stdin).Decode(&feed); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(feed.Link)
}
