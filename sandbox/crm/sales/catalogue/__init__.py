"""What the firm sells, and for how much: products and dated price lists."""
