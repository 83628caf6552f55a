package stdlib

// urlFunctions are those of URL and URLSearchParams.
var urlFunctions []Function
