"""Errors named for what the user can do about them, each with its French sentence.

A `KnownError` is the environment's doing (disk, key, file, content): the user gets its sentence and
nothing stored was touched. Everything else is our bug.
"""


class KnownError(Exception):
    """Something the user can act on.

    Args:
        sentence: what happened, what is safe, what to do; French, whole sentences, no user text.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class WrongPassphrase(KnownError):  # noqa: N818 - errors are named for what the user can do
    """The passphrase or the recovery code opens no key slot."""

    def __init__(self, what: str = "phrase de passe") -> None:
        super().__init__(
            f"Cette {what} n'ouvre pas le dossier de travail. Rien n'a été modifié. "
            "Vérifiez les majuscules et la disposition du clavier, ou utilisez la feuille de secours."
        )


class WrongRecoveryCode(WrongPassphrase):
    """What was typed is not the recovery code, or was mistyped."""

    def __init__(self) -> None:
        KnownError.__init__(
            self,
            "Ce code de secours n'ouvre pas le dossier de travail. Rien n'a été modifié. "
            "Recopiez les sept groupes de la dernière feuille de secours imprimée, dans l'ordre.",
        )


class WrongFacilityKey(WrongPassphrase):
    """A private key of a facility, but not the one that opens this workspace.

    Args:
        fingerprint: of the public key that does.
    """

    def __init__(self, fingerprint: str) -> None:
        KnownError.__init__(
            self,
            "Cette clé d'établissement n'ouvre pas le dossier de travail. Rien n'a été modifié. "
            f"Celle qui l'ouvre a pour empreinte {fingerprint}.",
        )


class WorkspaceMissing(KnownError):  # noqa: N818
    """There is no workspace in this folder yet."""


class WorkspaceExists(KnownError):  # noqa: N818
    """A workspace is already there and is not overwritten."""


class WorkspaceInUse(KnownError):  # noqa: N818
    """Another process owns the workspace."""


class UnsafePlace(KnownError):  # noqa: N818
    """A network share or a synchronised folder, where a database breaks."""


class ReadOnlyPlace(KnownError):  # noqa: N818
    """The folder or the file cannot be written."""


class DiskFull(KnownError):  # noqa: N818
    """There is no room left."""

    def __init__(self) -> None:
        super().__init__(
            "Le disque est plein : ce qui vient d'être demandé n'a pas pu être enregistré. Tout ce qui était "
            "marqué « Enregistré » est intact. Libérez de la place puis recommencez."
        )


class StorageFailing(KnownError):  # noqa: N818
    """The disk answers with errors, or the database stays locked."""


class CorruptFile(KnownError):  # noqa: N818
    """A file of the workspace is damaged."""


class NewerFile(KnownError):  # noqa: N818
    """The file comes from a newer version of the program."""


class ContentProblems(KnownError):  # noqa: N818
    """Checklists or forms do not follow their schema.

    Args:
        sentence: what happened.
        problems: one line per problem, `file:line:column: message`.
    """

    def __init__(self, sentence: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class NotFound(KnownError):  # noqa: N818
    """No such facility, audit, criterion or file."""


class InvalidValue(KnownError):  # noqa: N818
    """The value does not fit its scale, its field or the state of the audit."""


class NotAllowedNow(KnownError):  # noqa: N818
    """The gesture is not possible in the present state (nothing to undo, sealed audit…)."""


class RefusedFile(KnownError):  # noqa: N818
    """A foreign file that is not taken: too large, damaged, mislabelled, of a format that is not read."""


class CannotWriteExport(KnownError):  # noqa: N818
    """The file asked for could not be written where it was asked."""


class UnreadableFile(KnownError):  # noqa: N818
    """A file that comes from elsewhere is not what it says, is damaged, protected or out of bounds."""


class TookTooLong(KnownError):  # noqa: N818
    """A work was stopped because it went beyond its time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"Ce fichier est trop long à lire : la lecture a été arrêtée après {seconds:.0f} secondes. "
            "Rien n'a été modifié. Enregistrez-le de nouveau depuis votre tableur, en retirant les feuilles "
            "et les lignes qui ne servent pas, puis recommencez."
        )


class Cancelled(Exception):  # noqa: N818
    """The user asked a long work to stop; nothing is left half done."""


class BugError(Exception):
    """Our mistake: the message names places in the program, never user text."""
