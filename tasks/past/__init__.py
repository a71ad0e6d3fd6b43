"""What sources offered on past days: archived feeds and sitemaps."""
