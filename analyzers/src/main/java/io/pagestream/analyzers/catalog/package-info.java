/** Which analyzers there are. */
@NullMarked
package io.pagestream.analyzers.catalog;

import org.jspecify.annotations.NullMarked;
