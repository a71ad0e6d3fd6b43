-- Names without a database mean this one.
USE {name}; -- noqa: PRS
