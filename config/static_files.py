"""Static files under names that change with their content, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A file that was not collected yet keeps its plain name, so that the page still renders, without its style."""

    manifest_strict = False

    def hashed_name(self, name, *args, **kwargs):
        try:
            return super().hashed_name(name, *args, **kwargs)
        except ValueError:
            # While collecting, a file that is missing is the developer's mistake and is said.
            if self._new_files is not None:
                raise
            return name
