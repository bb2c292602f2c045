/**
 * The topics: names, partitions, settings, in one place that the documentation is checked against.
 */
@NullMarked
package io.pagestream.schemas.topic;

import org.jspecify.annotations.NullMarked;
