*** Settings ***
Documentation    The plan of a campaign, a test for each run. Start it with ./assay certify --runner robot.
Library          suites.robot.ConformanceLibrary.ConformanceLibrary    ${CAMPAIGN}    ${STATION}    ${BENCH}    ${ICS}    ${LIFELINE}

*** Test Cases ***
The device conforms to the whole plan
    Run Plan
