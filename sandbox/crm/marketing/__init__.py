"""Marketing: whom the firm writes to and may write to, its campaigns, and what came of them."""
