"""What an audit is: values and rules, with the standard library alone."""
