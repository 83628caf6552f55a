package host

import (
	"reflect"

	"github.com/dop251/goja"
)

var uint8s = reflect.TypeFor[[]byte]()

// Bytes are those of a Uint8Array (a Buffer is one) or an ArrayBuffer, not copied; nil for any
// other value. goja's own export of an array without elements points behind its buffer.
func Bytes(v goja.Value) []byte {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	if o.ExportType() != uint8s {
		buffer, _ := o.Export().(goja.ArrayBuffer)
		return buffer.Bytes()
	}
	length := int(o.Get("byteLength").ToInteger())
	if length == 0 {
		return []byte{}
	}
	offset := int(o.Get("byteOffset").ToInteger())
	return Bytes(o.Get("buffer"))[offset : offset+length]
}
