/** Converts the parameters of a request, after checking their limits, to SQL with parameters. */
@NullMarked
package io.pagestream.dashboard.query;

import org.jspecify.annotations.NullMarked;
