package runtime

import "fmt"

// Texts that every engine gives about the calls of a rule's callback.
const (
	TextCallbackTwice = "the callback was called again: the first call decided"
	TextMissingArgs   = "the callback was called without user or context: the rule's own are kept"
)

// TextFalsyStatus says that the callback's first argument was not null but counts as
// success; received describes it.
func TextFalsyStatus(received string) string {
	return "the callback's first argument is " + received + ": it counts as success; pass null"
}

// TextTookTooLong says that the time of a run was over.
func TextTookTooLong(limits Limits) string {
	return fmt.Sprintf("the rules took longer than %v together", limits.Timeout)
}

// TookTooLong is the failure of a rule that the time of the run is over for.
func TookTooLong(rule string, limits Limits) *RuleError {
	return &RuleError{Kind: KindTimeout, Rule: rule, Name: "TimeoutError", Message: TextTookTooLong(limits)}
}
