package stdlib

// dateFunctions are those of Date.
var dateFunctions []Function
