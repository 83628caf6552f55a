package crypto

import (
	"crypto/aes"
	"crypto/cipher"
	"math/big"
)

func counterMode(b cipher.Block, counter []byte, bits int, in []byte) ([]byte, error) {
	const size = aes.BlockSize
	limit := new(big.Int).Lsh(big.NewInt(1), uint(bits))
	value := new(big.Int).SetBytes(counter)
	count := new(big.Int).Mod(value, limit)
	blocks := big.NewInt(int64((len(in) + size - 1) / size))
	if blocks.Cmp(limit) > 0 {
		return nil, failed("Error", "", "Cipher job failed")
	}
	out := make([]byte, len(in))
	first := len(in)
	if before := new(big.Int).Sub(limit, count); before.Cmp(blocks) < 0 {
		first = int(before.Int64()) * size
	}
	cipher.NewCTR(b, counter).XORKeyStream(out[:first], in[:first])
	if first < len(in) {
		again := value.Sub(value, count).FillBytes(make([]byte, size))
		cipher.NewCTR(b, again).XORKeyStream(out[first:], in[first:])
	}
	return out, nil
}
