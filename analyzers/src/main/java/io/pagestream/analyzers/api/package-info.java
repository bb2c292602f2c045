/** What an analyzer is: everything that the author of one needs, free of Kafka and I/O. */
@NullMarked
package io.pagestream.analyzers.api;

import org.jspecify.annotations.NullMarked;
