"""What stacks up to a qualification."""
