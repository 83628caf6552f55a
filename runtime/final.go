package runtime

// FinalNames are the properties of context that the pipeline itself reads of what the rules left; it is
// enough to know whether they are there, and how long they are.
var FinalNames = [...]string{"redirect", "multifactor", "idToken", "accessToken"}

// KeptTokens says which of the token objects of context no rule of a pipeline can have written: their
// claims are the caller's own, and are not measured.
type KeptTokens uint8

// The token objects.
const (
	KeptIDToken KeptTokens = 1 << iota
	KeptAccessToken
)

// tokenNames are their names.
var tokenNames = [...]string{"idToken", "accessToken"}
