package io.pagestream.cases.seal;

import java.nio.file.Path;

/** Signs the manifest of a case. */
@FunctionalInterface
public interface ManifestSigner {
  /** The signature over the content of a manifest. */
  byte[] sign(Path manifest);
}
