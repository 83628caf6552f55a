no(
