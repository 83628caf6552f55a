package peers

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// Azurite is the emulator of Azure's storage, of its npm package.
type Azurite struct {
	Blob, Queue, Table *Server
}

// StartAzurite starts the emulator that npm installed in folder; it answers nil where there is none.
func StartAzurite(t testing.TB, folder string) *Azurite {
	t.Helper()
	script, err := filepath.Abs(filepath.Join(folder, "node_modules/azurite/dist/src/azurite.js"))
	if err != nil {
		t.Fatal(err)
	}
	node := find("node")
	if _, err := os.Stat(script); err != nil || node == "" {
		return nil
	}
	data := dataFolder(t, nil)
	blob, queue, table := freePort(t), freePort(t), freePort(t)
	a := &Azurite{Queue: &Server{queue}, Table: &Server{table}}
	a.Blob = serve(t, nil, data, blob, node, script, "--silent", "--location", data, "--skipApiVersionCheck", "--disableTelemetry",
		"--blobPort", strconv.Itoa(blob), "--queuePort", strconv.Itoa(queue), "--tablePort", strconv.Itoa(table))
	return a
}
