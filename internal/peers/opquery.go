package peers

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Kinds of MongoDB's messages.
const (
	opReply = 1
	opQuery = 2004
	opMsg   = 2013
)

// headerBytes is what each message begins with: its length, its number, the number of the message
// that it answers, its kind; four bytes each, the lowest first.
const headerBytes = 16

// queryFront stands before a server and makes OP_MSG of commands that come as OP_QUERY, as clients
// before mongodb 3.2 send them and today's servers refuse them, and OP_REPLY of their answers.
type queryFront struct {
	client, server net.Conn
	mu             sync.Mutex
	made           map[uint32]bool // the numbers of messages that OP_MSG was made of
}

// startQueryFront starts such a front for a server, on a port of its own.
func startQueryFront(t testing.TB, s *Server) *Server {
	t.Helper()
	address := Accept(t, func(client net.Conn) {
		defer client.Close()
		server, err := net.Dial("tcp", s.Address())
		if err != nil {
			return
		}
		f := &queryFront{client: client, server: server, made: map[uint32]bool{}}
		go f.pass(server, client, f.answer)
		f.pass(client, server, f.request)
	})
	_, port, _ := net.SplitHostPort(address)
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return &Server{Port: n}
}

// pass takes messages from one side to the other until one of them ends.
func (f *queryFront) pass(from, to net.Conn, change func([]byte) ([]byte, error)) {
	defer f.client.Close()
	defer f.server.Close()
	for {
		message := make([]byte, headerBytes)
		if _, err := io.ReadFull(from, message); err != nil {
			return
		}
		size := int(binary.LittleEndian.Uint32(message))
		if size < headerBytes || size > 64<<20 {
			return
		}
		message = append(message, make([]byte, size-headerBytes)...)
		if _, err := io.ReadFull(from, message[headerBytes:]); err != nil {
			return
		}
		message, err := change(message)
		if err != nil {
			return
		}
		if _, err := to.Write(message); err != nil {
			return
		}
	}
}

var errMessage = errors.New("not a message of MongoDB's protocol")

// request makes OP_MSG of a command; the handshake and the login stay as they are.
//
//	OP_QUERY  flags, namespace, 0, documents to skip, documents to answer, command
//	OP_MSG    flags, kind of the section, command with $db
func (f *queryFront) request(message []byte) ([]byte, error) {
	body := message[headerBytes:]
	if binary.LittleEndian.Uint32(message[12:]) != opQuery {
		return message, nil
	}
	if len(body) < 4 {
		return nil, errMessage
	}
	namespace, rest, ok := strings.Cut(string(body[4:]), "\x00")
	if !ok || len(rest) < 8+5 {
		return nil, errMessage
	}
	command := []byte(rest[8:])
	database, isCommand := strings.CutSuffix(namespace, ".$cmd")
	switch name := firstName(command); {
	case !isCommand, name == "ismaster", name == "isMaster", name == "saslStart", name == "saslContinue":
		return message, nil
	}
	f.mu.Lock()
	f.made[binary.LittleEndian.Uint32(message[4:])] = true
	f.mu.Unlock()
	return withBody(message, opMsg, make([]byte, 4+1), inDatabase(command, database)), nil
}

// answer makes OP_REPLY of what the server says to such a command.
//
//	OP_REPLY  flags, cursor, where it begins, documents, document
func (f *queryFront) answer(message []byte) ([]byte, error) {
	to := binary.LittleEndian.Uint32(message[8:])
	f.mu.Lock()
	made := f.made[to]
	delete(f.made, to)
	f.mu.Unlock()
	if !made || binary.LittleEndian.Uint32(message[12:]) != opMsg {
		return message, nil
	}
	if len(message) < headerBytes+5+5 {
		return nil, errMessage
	}
	head := make([]byte, 4+8+4+4)
	head[0], head[16] = 8, 1 // it can wait for data; one document
	return withBody(message, opReply, head, message[headerBytes+5:]), nil
}

// withBody is a message with the numbers of another.
func withBody(of []byte, kind uint32, parts ...[]byte) []byte {
	message := append([]byte(nil), of[:headerBytes]...)
	for _, part := range parts {
		message = append(message, part...)
	}
	binary.LittleEndian.PutUint32(message, uint32(len(message)))
	binary.LittleEndian.PutUint32(message[12:], kind)
	return message
}

// firstName is the name of a document's first member: of a command, what it is called.
func firstName(document []byte) string {
	name, _, _ := strings.Cut(string(document[5:]), "\x00")
	return name
}

// inDatabase adds the member $db to a document.
func inDatabase(document []byte, database string) []byte {
	out := append([]byte(nil), document[:len(document)-1]...)
	out = append(out, "\x02$db\x00"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(database)+1))
	out = append(out, database...)
	out = append(out, 0, 0)
	binary.LittleEndian.PutUint32(out, uint32(len(out)))
	return out
}
