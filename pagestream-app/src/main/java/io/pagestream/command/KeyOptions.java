package io.pagestream.command;

import io.pagestream.cases.signature.SigningKey;
import io.pagestream.cases.text.HostileText;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads the private key for signing a case; reads its passphrase from the terminal if it has one.
 */
final class KeyOptions {
  /** The source of the passphrase that is used before the terminal. */
  static final String PASSPHRASE = "PAGESTREAM_KEY_PASSPHRASE";

  private KeyOptions() {}

  /** Reads a key, and warns if other users may read it. */
  static SigningKey read(Path file, PrintWriter err) {
    SigningKey key = SigningKey.read(file, () -> passphrase(file));
    key.warning()
        .ifPresent(warning -> {
          err.println("WARNING: " + warning);
          err.flush();
        });
    return key;
  }

  private static char[] passphrase(Path file) {
    String set = System.getenv(PASSPHRASE);
    if (set != null) {
      return set.toCharArray();
    }
    Console console = Objects.requireNonNull(System.console());
    char[] typed =
        console.isTerminal()
            ? console.readPassword("Passphrase of %s: ", HostileText.printable(file.toString()))
            : null;
    if (typed == null) {
      throw PagestreamException.inFile(
          ErrorCode.KEY_UNUSABLE,
          file.toString(),
          "is encrypted, and there is no terminal to ask for its passphrase",
          "set " + PASSPHRASE);
    }
    return typed;
  }
}
