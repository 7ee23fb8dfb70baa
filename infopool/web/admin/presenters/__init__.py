"""What the pages of the desk show, made ready for their templates."""
