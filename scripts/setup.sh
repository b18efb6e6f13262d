#!/bin/sh
# Makes .venv from the locked, hashed list; installs what the machine lacks where that is allowed, else says what to do.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

say() { printf 'Panoh set-up: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "$python is missing or older than 3.11. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3.11 setup"

if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        fail "Python's venv module is missing. Ask an administrator to run: apt-get install python3-venv"
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    say "installing $package"
    apt-get update -qq && apt-get install -y -qq "$package" >/dev/null
fi

if ! ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing Pango and fonts, for plans as PDF"
        apt-get update -qq && apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
            libharfbuzz-subset0 fonts-dejavu-core >/dev/null
    else
        say "Pango is missing, so no PDF of a plan can be made. Ask an administrator to run:" \
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
    fi
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements-dev.txt 2>.venv/uv.log ||
    { cat .venv/uv.log >&2; fail "the Python packages could not be installed; the lines above say why."; }
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
pwd > "$site/panoh.pth"
# The first line of a script can hold neither a space nor a long path, so the shell hands this one to Python.
cat > .venv/bin/panoh <<SCRIPT
#!/bin/sh
'''exec' "$(pwd)/.venv/bin/python" "\$0" "\$@"
' '''
from panoh.web.cli import main
main()
SCRIPT
chmod +x .venv/bin/panoh
touch .venv/ready
