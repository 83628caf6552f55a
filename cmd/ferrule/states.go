package main

import (
	"context"
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
)

// noStates forgets logins that wait for a redirect: this process never resumes one.
type noStates struct{}

func (noStates) Put(context.Context, string, []byte, time.Duration) error { return nil }

func (noStates) Take(context.Context, string) ([]byte, error) { return nil, runtime.ErrStateUnknown }
