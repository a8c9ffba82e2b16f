"""The configuration: where each key is looked for, what is refused, what is shown; and its page in the docs."""

from __future__ import annotations

import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.settings import Settings, load
from assistant.settings.showing import shown
from corpus.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]


def written(folder: Path, text: str) -> Path:
    (folder / "acquis.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_command_line_wins_over_the_environment_over_the_file_over_the_default(tmp_path):
    home = written(tmp_path, "[server]\nport = 1001\nhost = '10.0.0.1'\n[limits]\nwaiting = 7\n")
    found = load({"ACQUIS_SERVER_PORT": "1002", "ACQUIS_HOME": "/nowhere"}, None, home, {"server": {"port": 1003}})
    assert (found.server.port, found.server.host, found.limits.waiting, found.limits.at_once) == (
        1003,
        "10.0.0.1",
        7,
        8,
    )
    assert load({"ACQUIS_SERVER_PORT": "1002"}, home=home).server.port == 1002
    assert load({}, home=home).server.port == 1001
    assert load({}, home=tmp_path / "vide").server.port == 7860


def test_a_file_may_be_elsewhere_and_name_the_home(tmp_path):
    written(tmp_path, f"home = '{tmp_path / 'base'}'\n")
    assert load({"ACQUIS_CONFIG": str(tmp_path / "acquis.toml")}).home == tmp_path / "base"
    assert load({"ACQUIS_HOME": "/ailleurs"}, tmp_path / "acquis.toml").home == Path("/ailleurs")


def test_older_variables_keep_working():
    older = {
        "ACQUIS_MODEL": "mistral",
        "ACQUIS_MODEL_URL": "http://m/v1",
        "ACQUIS_MODEL_KEY": "k",
        "ACQUIS_ENCODER": "e",
    }
    found = load(older, home=Path("/h"))
    assert (found.model.name, found.model.url, found.search.encoder) == ("mistral", "http://m/v1", "e")
    assert dict(found.environment) == older


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[server]\nport = '80'", "server.port"),
        ("[server]\nport = 0", "de 1 à 65535"),
        ("[server]\nport = true", "server.port"),
        ("[server]\nprot = 80", "vouliez-vous dire server.port"),
        ("[serveur]\n", "vouliez-vous dire server"),
        ("server = 3", "une section"),
        ("[server]\nproxies = '10.0.0.1'", "une liste de textes"),
        ("[server]\npath = 'acquis/'", "server.path"),
        ("[oidc]\nissuer = 'https://i'", "oidc.client_id"),
        ("[oidc]\nissuer = 'http://i.example'\nclient_id = 'a'\nstaff = ['x']", "oidc.issuer"),
        ("[oidc]\nissuer = 'https://i'\nclient_id = 'a'", "oidc.advisors"),
        ("[server", "n’est pas du TOML"),
    ],
)
def test_what_will_not_do_is_refused_by_its_name(tmp_path, text, named):
    with pytest.raises(UsageError) as refused:
        load({}, home=written(tmp_path, text))
    assert named in refused.value.hint
    assert refused.value.hint_en != refused.value.hint


def test_a_secret_is_neither_shown_nor_repeated(tmp_path):
    found = load({"ACQUIS_MODEL_KEY": "tres-secret", "ACQUIS_OIDC_CLIENT_SECRET": "aussi"}, home=tmp_path)
    assert "tres-secret" not in shown(found)
    assert "aussi" not in shown(found)
    with pytest.raises(UsageError) as refused:
        load({}, home=written(tmp_path, "[oidc]\nclient_secret = ['tres-secret']"))
    assert "tres-secret" not in str(refused.value) + refused.value.hint


def test_what_is_shown_is_a_file_that_says_the_same(tmp_path, capsys):
    home = written(tmp_path, "[server]\nport = 1001\n[oidc]\nscopes = ['openid', 'profile']\n")
    assert main(["config", "--home", str(home)]) == 0
    file = tmp_path / "autre.toml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert load({}, file) == load({}, home=home)


def test_every_key_is_in_the_docs():
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = tomllib.loads(page.split("```toml")[1].split("```")[0])
    for part in fields(Settings):
        if is_dataclass(part.default):
            assert set(example[part.name]) == {key.name for key in fields(part.default)}, part.name
            for key in fields(part.default):
                default = getattr(part.default, key.name)
                assert example[part.name][key.name] == (list(default) if isinstance(default, tuple) else default)


def test_accounts_are_made_listed_and_removed_on_the_command_line(tmp_path, capsys, monkeypatch):
    (tmp_path / "mot").write_text("un cheval de trait\n")
    home = ["--home", str(tmp_path)]
    with (tmp_path / "mot").open() as typed:
        monkeypatch.setattr("sys.stdin", typed)
        assert main(["user", "add", "ada", "--role", "staff", *home]) == 0
    assert main(["user", "list", *home]) == 0
    assert "ada\tstaff" in capsys.readouterr().out
    assert main(["user", "unlock", "ada", *home]) == 0
    assert main(["user", "remove", "ada", *home]) == 0
    assert main(["user", "remove", "ada", *home]) == 3
    assert main(["user", "list", *home]) == 3
