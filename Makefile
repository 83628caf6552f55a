# make test runs everything; the other targets are its parts. See scripts/test.sh.
.PHONY: test setup lint unit race differ fuzz golden bench

test setup lint unit race differ fuzz golden bench:
	@scripts/test.sh $@
