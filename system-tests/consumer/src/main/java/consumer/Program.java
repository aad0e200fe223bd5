package consumer;

import static io.orrery.job.Condition.*;

import io.orrery.job.*;
import io.orrery.outcome.*;
import io.orrery.run.*;
import io.orrery.workflow.*;
import java.time.*;

final class Program extends Stubs {
    // the program of the README
}
