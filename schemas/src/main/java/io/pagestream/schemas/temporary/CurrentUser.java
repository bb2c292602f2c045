package io.pagestream.schemas.temporary;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** The user of this process. */
final class CurrentUser {
  /** A file that belongs to the process that reads it (Linux). */
  private static final Path SELF = Path.of("/proc/self");

  private CurrentUser() {}

  static UserPrincipal principal() throws IOException {
    if (Files.exists(SELF)) {
      return Files.getOwner(SELF);
    }
    return FileSystems.getDefault()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(System.getProperty("user.name", ""));
  }
}
