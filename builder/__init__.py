"""How the data are made: from the site's pages to the tables that `schema` describes."""
