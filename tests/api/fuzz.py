"""Asks the real program whatever docs/openapi.json allows and forbids, as each role and as nobody: no answer may be a
mistake of ours (5xx), and each has to be as the document says. `cargo xtask test fuzz` runs it.

The ids in paths are those of things that are there, so that requests come further than "not found"; what schemathesis
makes up is the same in every run.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

PROGRAM = os.environ["SARAFAN_PROGRAM"]
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PASSWORD = "correct horse battery"
ROLES = ["owner", "manager", "author", "moderator", "analyst", "client"]
# Seconds for each of seven callers; the whole step stays under two minutes.
EACH = int(os.environ.get("SARAFAN_FUZZ_SECONDS", "12"))
# A stream without end, and what would end the caller's own session or shut the brand for those who come after.
LEFT_OUT = ["listen", "sign_out", "pause_everything", "remove_member", "change_role"]
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def run(data, *words, text=""):
    """A command of the program, with its answer."""
    done = subprocess.run([PROGRAM, *words, "--json"], input=text, text=True, capture_output=True, env=env(data))
    if done.returncode != 0:
        raise SystemExit(f"sarafan {' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout)


def env(data):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SARAFAN_")}
    return clean | {"SARAFAN_DATA": data, "LANG": "C"}


class House:
    """A running program with a brand and somebody in each role."""

    def __init__(self, data):
        run(data, "owner", "create", "--email", "owner@e.org", text=PASSWORD)
        place = ["--language", "en", "--time-zone", "Europe/London", "--country", "GB"]
        self.brand = run(data, "brand", "create", "Fuzz", *place)["id"]
        self.post = run(data, "post", "create", "--text", "Morning")["id"]
        serve = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--json"]
        self.child = subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env(data))
        self.address = json.loads(self.child.stdout.readline())["address"]
        self.log = []
        threading.Thread(target=lambda: self.log.extend(self.child.stderr), daemon=True).start()
        first = self.ask("POST", "/session", {"email": "owner@e.org", "password": PASSWORD})
        self.cookies = {"nobody": None}
        for role in ROLES:
            guest = {"email": f"{role}@e.org", "role": role}
            url = json.loads(self.ask("POST", f"/brands/{self.brand}/invitations", guest, first.cookie).text)["url"]
            person = {"name": role, "password": PASSWORD, "language": "en"}
            self.cookies[role] = self.ask("POST", f"/invitations/{url.rsplit('/', 1)[1]}", person).cookie

    def ask(self, method, path, body, cookie=None):
        headers = {"content-type": "application/json", "origin": self.address}
        if cookie:
            headers["cookie"] = cookie
        request = urllib.request.Request(f"{self.address}/api/v1{path}", json.dumps(body).encode(), headers, method=method)
        with urllib.request.urlopen(request) as reply:
            reply.cookie = (reply.headers.get("set-cookie") or "").split(";")[0]
            reply.text = reply.read().decode()
            return reply

    def document(self):
        """What the program says of itself, with the ids of things that are there."""
        with open(os.path.join(ROOT, "docs/openapi.json"), encoding="utf-8") as file:
            document = json.load(file)
        for path, item in document["paths"].items():
            for operation in item.values():
                for parameter in operation.get("parameters", []):
                    if parameter["in"] == "path" and parameter["name"] == "brand":
                        parameter["schema"] = {"type": "string", "enum": [self.brand]}
                    if parameter["in"] == "path" and parameter["name"] == "id" and "/posts/" in path:
                        parameter["schema"] = {"type": "string", "enum": [self.post]}
        return document

    def stop(self):
        self.child.terminate()
        self.child.wait()


def fuzz(house, who, schema, seconds):
    words = [sys.executable, "-m", "schemathesis.cli", "run", schema, "--url", f"{house.address}/api/v1", "--checks", CHECKS]
    words += ["--max-time", str(seconds), "--phases", "examples,fuzzing", "--max-examples", "4", "--seed", "1", "--no-shrink"]
    words += ["--suppress-health-check", "all", "--request-timeout", "30", "--continue-on-failure", "--warnings", "off"]
    for name in LEFT_OUT:
        words += ["--exclude-operation-id", name]
    words += ["--header", f"Origin: {house.address}"]
    if house.cookies[who]:
        words += ["--header", f"Cookie: {house.cookies[who]}"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=os.path.dirname(schema), timeout=600)
    tested = re.search(r"(\d+) test cases|(\d+) generated", done.stdout)
    print(f"{who}: {'well' if done.returncode == 0 else 'not well'}{f' ({tested.group(0)})' if tested else ''}", flush=True)
    if done.returncode != 0:
        print(done.stdout[-12000:], done.stderr[-2000:], flush=True)
    return done.returncode == 0


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        os.mkdir(data, 0o700)
        house = House(data)
        try:
            schema = os.path.join(folder, "openapi.json")
            with open(schema, "w", encoding="utf-8") as file:
                json.dump(house.document(), file)
            well = [fuzz(house, who, schema, EACH) for who in house.cookies]
        finally:
            house.stop()
        broken = [line for line in house.log if "panicked" in line]
        print("".join(broken), end="")
        raise SystemExit(0 if all(well) and not broken else 1)


main()
