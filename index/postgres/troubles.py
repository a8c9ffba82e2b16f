"""What can be wrong with a database, said to developers and to users."""

from __future__ import annotations

from corpus.errors import StoreError


def missing(shown: str) -> StoreError:
    return StoreError(
        f"no store in {shown}, expected the tables of Acquis",
        f"La base PostgreSQL {shown} ne contient rien d'Acquis. Ajoutez un premier document avec « acquis add ».",
        f"The PostgreSQL database {shown} holds nothing of Acquis yet. Add a first document with “acquis add”.",
    )


def unreadable() -> StoreError:
    return StoreError(
        "the address of the PostgreSQL database cannot be read, expected postgresql://USER@HOST:PORT/NAME",
        "L'adresse de la base PostgreSQL est illisible : attendue postgresql://utilisateur@serveur/base. Les signes "
        "@ / : % et les espaces d'un mot de passe s'y écrivent %40 %2F %3A %25 %20 ; mieux, mettez-le dans ~/.pgpass.",
        "The address of the PostgreSQL database cannot be read: expected postgresql://user@server/name. The signs "
        "@ / : % and spaces of a password are written %40 %2F %3A %25 %20; better, put it into ~/.pgpass.",
    )


def other_tables(shown: str, held: str, expected: str) -> StoreError:
    return StoreError(
        f"the tables in {shown} are of version {held}, expected {expected}",
        f"La base PostgreSQL {shown} a été faite par une autre version d'Acquis (tables {held}, attendues {expected}). "
        "Ajoutez les documents à une base vide, puis donnez son adresse.",
        f"The PostgreSQL database {shown} was made by another version of Acquis (tables {held}, expected {expected}). "
        "Add the documents to an empty database, then give its address.",
    )


def refused(shown: str, said: str) -> StoreError:
    return StoreError(
        f"{shown} refuses to write: {said}",
        f"La base PostgreSQL {shown} refuse l'écriture ({said}) ; rien n'a été modifié. Une copie en lecture (replica) "
        "ne se modifie pas : donnez l'adresse de la base principale, ou vérifiez vos droits et la place libre.",
        f"The PostgreSQL database {shown} refuses to write ({said}); nothing was changed. A replica cannot be changed: "
        "give the address of the primary, or check your rights and the free space.",
    )


def unusable(shown: str, error: Exception) -> StoreError:
    said = (str(error).splitlines() or [type(error).__name__])[0]
    return StoreError(
        f"PostgreSQL at {shown} failed: {said}",
        f"La base PostgreSQL {shown} ne répond pas comme attendu ({said}). Vérifiez l'adresse, le serveur et "
        "l'extension pgvector.",
        f"The PostgreSQL database {shown} does not answer as expected ({said}). Check the address, the server and the "
        "pgvector extension.",
    )
