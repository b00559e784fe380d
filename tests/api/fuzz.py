"""Asks the real program whatever docs/openapi.json allows and forbids: as each role, as a program with a token, as the
owner of the installation and as nobody. No answer may be a mistake of ours, and each has to be as the document says.
`cargo xtask test fuzz` runs it; SARAFAN_FUZZ_SEED and SARAFAN_FUZZ_EXAMPLES look further.

The house is a filled demonstration. Every caller has a copy of it with a program of its own, so that nothing depends on
who came before, and the ids in requests are those of things that are there, so that requests come further than "not
found". Nothing leaves the machine: the channels are on the sandbox, and the hosts in examples are names that no resolver
knows.
"""

import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

PROGRAM = os.environ["SARAFAN_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"
ROLES = ["owner", "manager", "author", "moderator", "analyst", "client"]
SEED = os.environ.get("SARAFAN_FUZZ_SEED", "1")
EXAMPLES = os.environ.get("SARAFAN_FUZZ_EXAMPLES", "4")
PHASES = os.environ.get("SARAFAN_FUZZ_PHASES", "examples,coverage,fuzzing")
CALLERS = os.environ.get("SARAFAN_FUZZ_CALLERS", "").split()
STRANGERS = ["nobody", "wrong-token"]
# Schemathesis waits for the end of an answer, and this one is a stream of events without end.
LEFT_OUT = ["listen"]
# What takes away the ground under the others comes after them, and what ends the caller's own session after all.
LAST = [
    *["delete_post", "delete_asset", "delete_rubric", "delete_webhook", "remove_channel", "withdraw_invitation"],
    *["revoke_review_link", "pause_everything", "pause_brand", "limit_member", "revoke_token", "end_other_sessions"],
    *["change_role", "transfer_brand", "remove_member", "end_session", "sign_out"],
]
# What stands in fields whose schema says only that it is a text or a number; no luck would find it.
GOOD = {
    **{"version": [1, 2], "wall": ["2030-12-05T10:00"], "zone": ["Europe/Warsaw"], "time_zone": ["Europe/Warsaw"]},
    **{"time": ["09:30"], "date": ["2030-12-31"], "country": ["PL"], "language": ["en"], "interval": [1, 2]},
    **{"weekday": [1, 7], "email": ["anna@example.org"], "password": [PASSWORD], "url": ["https://shop.invalid/"]},
}
CHECKS = [
    *["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"],
    "response_headers_conformance",
]
METHODS = ["get", "post", "put", "patch", "delete"]


def environment(data, more=None):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SARAFAN_")}
    limits = {"SARAFAN_RATE_TOKEN": "0", "SARAFAN_RATE_ADDRESS": "0"}
    return clean | limits | {"SARAFAN_DATA": str(data), "LANG": "C", "SARAFAN_LANG": "en"} | (more or {})


class Running:
    """A command of the program that stays, and what it wrote into its log."""

    def __init__(self, data, *words, more=None):
        words = [PROGRAM, *words, "--json"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        self.child = subprocess.Popen(words, **pipes, env=environment(data, more), cwd=data)
        line = self.child.stdout.readline()
        if not line:
            raise SystemExit(f"{words} did not start: {self.child.stderr.read()}")
        self.said = json.loads(line)
        self.address = self.said["address"]
        self.log = []
        for stream in (self.child.stdout, self.child.stderr):
            threading.Thread(target=lambda stream=stream: self.log.extend(stream), daemon=True).start()

    def stop(self):
        self.child.terminate()
        self.child.wait()

    def ask(self, method, path, body=None, cookie=None):
        """An answer with its JSON in `value` and its cookie in `cookie`."""
        headers = {"content-type": "application/json", "origin": self.address}
        if cookie:
            headers["cookie"] = cookie
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/v1{path}", content, headers, method=method)
        with urllib.request.urlopen(request) as reply:
            reply.cookie = (reply.headers.get("set-cookie") or "").split(";")[0]
            reply.value = json.loads(reply.read() or b"null")
            return reply


class House:
    """A filled brand with somebody in each role, and the ids of what is in it."""

    def __init__(self, data):
        self.data = data
        demo = Running(data, "serve", "--demo", "--listen", "127.0.0.1:0")
        try:
            self.fill(demo)
        finally:
            demo.stop()

    def fill(self, demo):
        me = demo.said["demo"]
        cookie = demo.ask("POST", "/session", {"email": me["email"], "password": me["password"]}).cookie
        brand = demo.ask("GET", "/brands", cookie=cookie).value[0]["id"]
        ask = lambda method, path, body=None: demo.ask(method, f"/brands/{brand}{path}", body, cookie).value
        self.headers = {"nobody": {}, "wrong-token": {"Authorization": "Bearer sfn_wrong"}}
        self.headers["installation-owner"] = {"Cookie": cookie}
        for role in ROLES:
            url = ask("POST", "/invitations", {"email": f"{role}@example.org", "role": role})["url"]
            person = {"name": role, "password": PASSWORD, "language": "en"}
            self.headers[role] = {"Cookie": demo.ask("POST", f"/invitations/{last(url)}", person).cookie}
        scopes = ["brand:read", "posts:write"]
        for name, scopes in [("token-writing", scopes), ("token-publishing", [*scopes, "posts:publish", "deliveries:write"])]:
            token = {"name": name, "scopes": scopes, "brands": [brand]}
            made = demo.ask("POST", "/tokens", token, cookie).value
            self.headers[name] = {"Authorization": f"Bearer {made['token']}"}
        waiting = ask("POST", "/invitations", {"email": "waiting@example.org", "role": "author"})
        until(lambda: {"sent", "scheduled"} <= {one["state"] for one in ask("GET", "/deliveries?limit=200")["items"]})
        draft = ask("POST", "/posts", {"content": {"text": "Morning"}})["id"]
        shown = ask("POST", "/posts", {"content": {"text": "Evening"}})["id"]
        ask("POST", f"/posts/{shown}/submit", {})
        link = ask("POST", "/review-links", {"name": "Olga"})
        hook = {"name": "Shop", "url": "https://shop.invalid/hook", "topics": ["post.sent"]}
        hook = ask("POST", "/webhooks", hook)["id"]
        message = ask("POST", f"/webhooks/{hook}/test")["id"]
        members = ask("GET", "/members")["members"]
        sample = lambda path: [one["id"] for one in ask("GET", path)["items"]][:4]
        self.ids = {
            "brands": [brand],
            "posts": [draft, shown, *sample("/posts?state=sent"), *sample("/posts?state=scheduled")],
            "assets": sample("/assets"),
            "channels": [one["id"] for one in ask("GET", "/channels")],
            "deliveries": [*sample("/deliveries?state=sent"), *sample("/deliveries?state=scheduled")],
            "rubrics": [one["id"] for one in ask("GET", "/rubrics")][:4],
            "webhooks": [hook],
            "messages": [message],
            "review-links": [link["id"]],
            "reviews": [last(link["url"])],
            "invitations": [waiting["id"], last(waiting["url"])],
            "members": [one["person"]["id"] for one in members],
            "history": [1],
            "tokens": [made["id"]],
            "sessions": [one["id"] for one in demo.ask("GET", "/sessions", cookie=cookie).value],
        }

    def document(self, operations):
        """The document with these operations in their order, and with the ids of things that are there."""
        document = published()
        schemas = document["components"]["schemas"]
        known = {"BrandId": "brands", "PostId": "posts", "ChannelId": "channels", "AssetId": "assets"}
        known |= {"RubricId": "rubrics", "PersonId": "members"}

        def asked(value):
            """A schema as requests use it: those of answers stay as they are."""
            if isinstance(value, list):
                return [asked(one) for one in value]
            if not isinstance(value, dict):
                return value
            value = {key: asked(one) for key, one in value.items()}
            if isinstance(value.get("$ref"), str):
                name = value["$ref"].rsplit("/", 1)[1]
                value["$ref"] += "Asked"
                if f"{name}Asked" not in schemas:
                    schemas[f"{name}Asked"] = {}
                    there = [{"enum": self.ids[known[name]]}] if name in known else []
                    schemas[f"{name}Asked"] = {"anyOf": [*there, asked(schemas[name])]}
            fields = value.get("properties")
            for name in (fields or {}).keys() & GOOD.keys():
                fields[name] = {"anyOf": [{"enum": GOOD[name]}, fields[name]]}
            return value

        paths = {}
        for path, method, operation in operations:
            operation = json.loads(json.dumps(operation))
            # Who asks is said in a header; schemathesis would make up cookies and tokens beside it.
            operation.pop("security", None)
            content = operation.get("requestBody", {}).get("content", {})
            if "application/x-tar" in content:
                # Schemathesis writes bytes under the other name only.
                content["application/octet-stream"] = content.pop("application/x-tar")
            for media in content.values():
                media["schema"] = asked(media["schema"])
            parts = path.split("/")
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    of = parts[parts.index("{%s}" % parameter["name"]) - 1]
                    if of in self.ids:
                        kind = "integer" if of == "history" else "string"
                        parameter["schema"] = {"type": kind, "enum": self.ids[of]}
            paths.setdefault(path, {})[method] = operation
        document["paths"] = paths
        del document["components"]["securitySchemes"]
        return document


def last(url):
    return url.rsplit("/", 1)[1]


def until(done):
    for _ in range(600):
        if done():
            return
        time.sleep(0.1)
    raise SystemExit("the demonstration did not fill")


def published():
    """The document as it is published, but for the hosts in its examples."""
    text = (ROOT / "docs/openapi.json").read_text(encoding="utf-8")
    return json.loads(text.replace("//example.org", "//example.invalid"))


def operations():
    """All operations in three courses, each with the path it is under: the usual ones, those that come last, and those
    of other servers than the API's."""
    document = published()
    every = [
        (path, method, item[method]) for path, item in document["paths"].items() for method in METHODS if method in item
    ]
    names = {operation["operationId"] for *_, operation in every}
    unknown = {*LEFT_OUT, *LAST} - names
    if unknown:
        raise SystemExit(f"no operations are called {sorted(unknown)}")
    name = lambda one: one[2]["operationId"]
    elsewhere = [one for one in every if "servers" in one[2]]
    usual = [one for one in every if name(one) not in [*LEFT_OUT, *LAST] and one not in elsewhere]
    late = sorted((one for one in every if name(one) in LAST), key=lambda one: LAST.index(name(one)))
    return [("/api/v1", usual), ("/api/v1", late), ("", elsewhere)]


def answers(report):
    """The statuses of all answers."""
    for line in report.read_text(encoding="utf-8").splitlines():
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for one in recorder.get("interactions", {}).values():
            if one.get("response"):
                yield one["response"]["status_code"]


def fuzz(house, who, sandbox, folder):
    """Asks all operations as one caller, and says what is wrong; nothing where all is well."""
    home = folder / who
    home.mkdir()
    shutil.copytree(house.data, home / "data")
    more = {"SARAFAN_ALLOW_PRIVATE": sandbox.address.removeprefix("http://")}
    # Methods that a path does not have are not tried: what comes last would come first.
    (home / "schemathesis.toml").write_text("[phases.coverage]\nunexpected-methods = []\n", encoding="utf-8")
    program = Running(home / "data", "serve", "--listen", "127.0.0.1:0", more=more)
    began, statuses, wrong = time.monotonic(), [], ""
    try:
        for course, (under, some) in enumerate(operations()):
            schema, report = home / f"openapi-{course}.json", home / f"report-{course}.ndjson"
            schema.write_text(json.dumps(house.document(some)), encoding="utf-8")
            words = [sys.executable, "-m", "schemathesis.cli", "run", schema, "--url", program.address + under]
            words += ["--checks", ",".join(CHECKS), "--phases", PHASES, "--max-examples", EXAMPLES]
            words += ["--seed", SEED, "--no-shrink", "--suppress-health-check", "all", "--continue-on-failure"]
            words += ["--request-timeout", "60", "--warnings", "off", "--generation-database", "none"]
            words += ["--report-ndjson-path", report, "--header", f"Origin: {program.address}"]
            for name, value in house.headers[who].items():
                words += ["--header", f"{name}: {value}"]
            done = subprocess.run(words, capture_output=True, text=True, cwd=home, check=False)
            seen = list(answers(report))
            statuses += seen
            # A caller whose session had ended would find nothing to object to.
            if course == 0 and who not in STRANGERS and seen.count(401) * 2 > len(seen):
                wrong += f"{who} was a stranger in {seen.count(401)} of {len(seen)} cases\n"
            if done.returncode != 0:
                wrong += f"{done.stdout}{done.stderr}\nschemathesis ended with {done.returncode}\n"
    finally:
        program.stop()
    wrong += "".join(line for line in program.log if "panicked" in line)
    done = sum(200 <= status < 300 for status in statuses)
    told = f"{len(statuses)} cases, of which {done} were done, {time.monotonic() - began:.0f} s"
    print(f"{who}: {'well' if not wrong else 'not well'}, {told}", flush=True)
    return wrong


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "house").mkdir(mode=0o700)
        house = House(folder / "house")
        port = (house.data / "sandbox-port").read_text(encoding="utf-8").strip()
        (folder / "sandbox").mkdir()
        sandbox = Running(folder / "sandbox", "sandbox", "--listen", f"127.0.0.1:{port}")
        try:
            with concurrent.futures.ThreadPoolExecutor(2) as two:
                callers = CALLERS or list(house.headers)
                wrong = list(two.map(lambda who: fuzz(house, who, sandbox, folder), callers))
        finally:
            sandbox.stop()
        print("".join(wrong), end="", flush=True)
        raise SystemExit(1 if any(wrong) else 0)


main()
