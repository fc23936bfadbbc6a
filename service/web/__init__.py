"""The page: templates, styles and modules, and the routes that serve them."""
