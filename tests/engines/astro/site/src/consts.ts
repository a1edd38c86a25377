export const SITE_TITLE = 'An Astro Site';
export const SITE_DESCRIPTION = 'Posts for a recording.';
