package stdlib

// regexpFunctions are those of regular expressions.
var regexpFunctions []Function
