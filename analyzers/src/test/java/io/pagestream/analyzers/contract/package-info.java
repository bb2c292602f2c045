/** What every analyzer must keep to, as one abstract test that each analyzer's test extends. */
@NullMarked
package io.pagestream.analyzers.contract;

import org.jspecify.annotations.NullMarked;
