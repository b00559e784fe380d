# The story of a delivery, one sentence per attempt.
attempt-running = On its way to the network; no answer yet.
attempt-done = The network accepted it. It is out.
attempt-wait = Step { $step } is done; the next one follows.
attempt-found = We looked at the network and found it: it is out.
attempt-not-found = We looked at the network: it is not there. It can be sent safely.
attempt-failed = It did not go through.
attempt-died = The program stopped in the middle of sending. What came of it is not known.
attempt-by-hand-scheduled = { $by } put it back on its way.
attempt-by-hand-waiting = { $by } let the next step go on.
attempt-by-hand-sent = { $by } looked: it is out.
attempt-by-hand-cancelled = { $by } called it off.
attempt-by-hand-deleted = { $by } had it taken down.
attempt-by-hand-unknown = { $by } called it off while nobody knew whether it was out.
attempt-by-hand-held = { $by } moved it; it waits for a decision.
