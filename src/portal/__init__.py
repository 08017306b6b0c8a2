"""The portal: pages that carry people through the work around the core's decisions."""
