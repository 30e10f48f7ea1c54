"""Web pages for the browsers of this machine, safe from other pages in them."""
