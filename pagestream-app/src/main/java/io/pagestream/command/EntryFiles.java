package io.pagestream.command;

import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files with which the owner opens a dashboard that requires a token, without the token on the
 * terminal, in an address or in a history: a folder (0700) with {@code open.html}, a file that
 * sends a ticket in the body of a POST when it is opened in a browser, and {@code token}, for
 * programs and for the login form on other machines. They are deleted with the dashboard; those of
 * a killed one are deleted by the next.
 *
 * @param folder the folder
 */
record EntryFiles(Path folder) implements AutoCloseable {
  private static final String PREFIX = "pagestream-entry-";

  /**
   * Writes them.
   *
   * @param url the dashboard's address for a browser on this machine, with a trailing slash
   * @throws PagestreamException PS-320 if no folder can be created for them
   */
  static EntryFiles write(String url, String ticket, String token) {
    Path parent = parent();
    try {
      deleteOfDeadProcesses(parent);
      Path folder =
          PrivateFiles.temporaryFolder(parent, PREFIX + ProcessHandle.current().pid() + "-");
      EntryFiles files = new EntryFiles(folder);
      put(files.form(), form(url, ticket));
      put(files.token(), token + "\n");
      return files;
    } catch (IOException e) {
      throw SystemFailure.temporaryFolder("no folder can be created in " + parent, e);
    }
  }

  /** The file for the browser. */
  Path form() {
    return folder.resolve("open.html");
  }

  /** The file with the token. */
  Path token() {
    return folder.resolve("token");
  }

  private static String form(String url, String ticket) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="referrer" content="no-referrer">
    <title>Pagestream</title>
    </head>
    <body>
    <form method="post" action="%sopen">
    <input type="hidden" name="ticket" value="%s">
    <button>Open the dashboard</button>
    </form>
    <script>document.forms[0].submit();</script>
    </body>
    </html>
    """
        .formatted(url, ticket);
  }

  private static void put(Path file, String text) throws IOException {
    PrivateFiles.writeWhole(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The user's own folder for such files (XDG base directories), which is deleted at the end of the
   * session.
   */
  private static Path parent() {
    return Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .filter(folder -> folder.isAbsolute() && Files.isDirectory(folder))
        .filter(Files::isWritable)
        .orElseGet(() -> Path.of(SystemFailure.temporaryFolder()).toAbsolutePath());
  }

  private static void deleteOfDeadProcesses(Path parent) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : left) {
        String name = String.valueOf(folder.getFileName());
        String pid = name.substring(PREFIX.length()).replaceFirst("-.*", "");
        boolean alive =
            !pid.matches("[0-9]{1,18}")
                || ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
        if (!alive && Files.isWritable(folder) && isOurs(folder)) {
          PrivateFiles.deleteTree(folder);
        }
      }
    }
  }

  private static boolean isOurs(Path folder) throws IOException {
    return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
        .equals(Files.getOwner(Path.of("/proc/self")));
  }

  @Override
  public void close() {
    try {
      PrivateFiles.deleteTree(folder);
    } catch (IOException e) {
      throw SystemFailure.writing(folder.toString(), "cannot be deleted", e);
    }
  }
}
