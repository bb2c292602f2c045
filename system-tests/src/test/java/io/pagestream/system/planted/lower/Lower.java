package io.pagestream.system.planted.lower;

import io.pagestream.system.planted.Upper;

/** The other half of a planted cycle. */
public interface Lower {
  /** The first half. */
  Upper upper();
}
