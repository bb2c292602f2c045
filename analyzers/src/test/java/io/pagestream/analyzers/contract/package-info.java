/** The contract of all analyzers, as an abstract test that each analyzer's test extends. */
@NullMarked
package io.pagestream.analyzers.contract;

import org.jspecify.annotations.NullMarked;
