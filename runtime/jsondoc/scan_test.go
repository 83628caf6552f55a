package jsondoc

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// loginsForBench are texts of three shapes, about so many bytes each.
func loginsForBench(size int) map[string]string {
	small := `"user_id":"auth0|5f7c8ec7c33c6c004bbafe82","email":"jane.doe@example.com","email_verified":true,"name":"Jane Doe","nickname":"jane.doe","picture":"https://cdn.example.com/avatars/jd.png","created_at":"2024-03-18T09:12:44.301Z","logins_count":111,"app_metadata":{"plan":"pro","roles":["admin","editor"]},"user_metadata":{"lang":"en"}`
	fill := func(open, closing string, item func(i int) string) string {
		var b strings.Builder
		b.WriteString("{" + small + open)
		for i := 0; b.Len() < size; i++ {
			if i > 0 {
				b.WriteString(",")
			}
			b.WriteString(item(i))
		}
		b.WriteString(closing + "}")
		return b.String()
	}
	return map[string]string{
		"nested": fill(`,"preferences":{`, "}", func(i int) string {
			return fmt.Sprintf(`"section%d":{"title":"Section number %d","enabled":true,"weight":%d.5,"tags":["a","b"],"more":{"x":%d,"y":null}}`, i, i, i, i)
		}),
		"identities": fill(`,"identities":[`, "]", func(i int) string {
			return fmt.Sprintf(`{"connection":"conn-%d","provider":"samlp","user_id":"%024d","isSocial":false,"profileData":{"email":"user%d@example.com","email_verified":true}}`, i, i, i)
		}),
		"groups": fill(`,"groups":[`, "]", func(i int) string { return fmt.Sprintf(`"group-%d-members"`, i) }),
	}
}

func BenchmarkValid(b *testing.B) {
	for _, size := range []int{700, 100_000} {
		for name, text := range loginsForBench(size) {
			data := []byte(text)
			b.Run(fmt.Sprintf("shape=%s/bytes=%d/by=jsondoc", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				b.ReportAllocs()
				for b.Loop() {
					if !Valid(data) {
						b.Fatal("not valid")
					}
				}
			})
			b.Run(fmt.Sprintf("shape=%s/bytes=%d/by=encodingjson", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					if !json.Valid(data) {
						b.Fatal("not valid")
					}
				}
			})
		}
	}
}
