"""What a stack costs a month: uses and prices, and the bill that they make. No resources."""
