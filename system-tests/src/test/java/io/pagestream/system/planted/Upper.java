package io.pagestream.system.planted;

import io.pagestream.system.planted.lower.Lower;

/** One half of a planted cycle: a package and the one below it. */
public interface Upper {
  /** The other half. */
  Lower lower();
}
