/** The topics: names, partitions, settings. The documentation is checked against this package. */
@NullMarked
package io.pagestream.schemas.topic;

import org.jspecify.annotations.NullMarked;
